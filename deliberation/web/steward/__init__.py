"""Pages of who looks after an organisation."""
