"""The mathematics of reviewing (심사): arrays in, frozen values out; no database and no pages."""
