"""The public pages: the charter, the register, an organisation's page.  They know nobody."""
