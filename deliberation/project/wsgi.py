"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from deliberation.project import logs
from deliberation.web.public.wall_door import WallDoor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deliberation.project.settings")
application = WallDoor(get_wsgi_application())
logs.begin()
