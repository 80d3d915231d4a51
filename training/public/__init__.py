"""The pathways as anybody reads them."""
