"""The web container's health check: asks for /halsa/ under the portal's own name, since Django answers to no other."""

import http.client
import os
import sys
from urllib.parse import urlsplit

connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
connection.request("GET", "/halsa/", headers={"Host": urlsplit(os.environ["SITE_URL"]).hostname or "localhost"})
sys.exit(connection.getresponse().status != http.client.OK)
