"""An MCP server: an AI system inspects assemblies, values, norms and documents of a Groundwork site, by the site's own API and with no other rights."""
