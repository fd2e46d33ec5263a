"""`python -m integrations.workspace_double [PORT]`: an empty workspace with three people, to point an app at by hand."""

import sys
import threading

from integrations.workspace_double.workspace import Workspace


def main() -> None:
    with Workspace(port=int(sys.argv[1]) if len(sys.argv) > 1 else 0) as ws:
        people = [ws.add_user(name, f"{name.split()[0].lower()}@example.com", locale) for name, locale in PEOPLE]
        ws.add_channel("umum", people)
        for person in people:
            ws.dm(person)
        print(f"page {ws.url}  Web API {ws.base_url}  tokens {ws.bot_token} {ws.app_token}")
        threading.Event().wait()


PEOPLE = (("Sari Utami", "id-ID"), ("Budi Hartono", "id-ID"), ("Grace Lee", "en-US"))

if __name__ == "__main__":
    main()
