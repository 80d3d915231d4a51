"""The shared core. It knows no word of the scheme's (the county's own file, web/scheme, apart)."""
