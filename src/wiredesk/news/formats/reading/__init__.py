"""What all formats read with: decoding, repair, names, dates, addresses, and the walk from elements to fields."""
