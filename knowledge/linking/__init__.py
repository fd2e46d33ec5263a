"""Who a text speaks of: customers by every name they are known by, people by their contacts, services by code or name."""

from knowledge.linking.linker import Linker
from knowledge.linking.mentions import CustomerMention, PersonMention, ServiceMention
from knowledge.linking.names import ContactName, KnownCustomer, Names, ServiceName, less, names_in_store, provider_names

__all__ = [
    "ContactName", "CustomerMention", "KnownCustomer", "Linker", "Names", "PersonMention", "ServiceMention", "ServiceName", "less", "names_in_store",
    "provider_names",
]  # fmt: skip
