"""Files dropped on the product: offered, fetched and imported with the uploader's rights."""
