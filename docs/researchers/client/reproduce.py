# %% [markdown]
# Take the whole data package along and compute groups, graph and ranking again from the raw tables.
# `python reproduce.py SITE SLUG TOKEN FOLDER`; the token needs the scope export. Needs NumPy and SciPy.

# %%
import subprocess
import sys
import zipfile
from pathlib import Path

from groundwork import Assembly

site, slug, token, folder = sys.argv[1:]
into = Path(folder)

# %%
package = Assembly(site, slug, token).package(into / "package.zip")
with zipfile.ZipFile(package) as files:
    files.extractall(into)

# %%
script = next(into.rglob("recompute.py"))
done = subprocess.run(
    [sys.executable, script.name], cwd=script.parent, capture_output=True, text=True, check=False
)
print(done.stdout, done.stderr)
sys.exit(done.returncode)
