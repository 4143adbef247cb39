"""OUT: the site, feeds, sitemap and short links. Outlets ask desk.pages and meet stories only as pages."""
