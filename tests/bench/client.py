"""A client with one kept connection, in a process of its own: ``client.py PORT TIMES``, a request on stdin.

The request is JSON, ``{"method", "path", "body", "headers", "status"}``; every answer must have that status.
"""

from __future__ import annotations

import http.client
import json
import sys

if __name__ == "__main__":
    request = json.load(sys.stdin)
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
    body = request["body"].encode() if request["body"] else None
    for _ in range(int(sys.argv[2])):
        connection.request(request["method"], request["path"], body, request["headers"])
        answer = connection.getresponse()
        answer.read()
        if answer.status != request["status"]:
            sys.exit(f"{answer.status} instead of {request['status']}")
