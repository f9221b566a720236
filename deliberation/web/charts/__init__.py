"""Pictures as the geometry of an SVG: no Django, no numerics, drawn by templates and coloured by the stylesheet."""
