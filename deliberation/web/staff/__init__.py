"""How those who run or study assemblies sign in, and what they prove themselves by."""
