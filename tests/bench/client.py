"""A client with one kept connection, in a process of its own: ``client.py PORT TIMES``, requests on stdin.

A request is JSON, ``{"method", "path", "body", "headers", "status"}``; its answer must have that status. Of a
list of them each is made in turn.
"""

from __future__ import annotations

import http.client
import json
import sys

if __name__ == "__main__":
    given = json.load(sys.stdin)
    requests = given if isinstance(given, list) else [given]
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
    for turn in range(int(sys.argv[2])):
        request = requests[turn % len(requests)]
        body = request["body"].encode() if request["body"] else None
        connection.request(request["method"], request["path"], body, request["headers"])
        answer = connection.getresponse()
        answer.read()
        if answer.status != request["status"]:
            sys.exit(f"{answer.status} instead of {request['status']}: {request['method']} {request['path']}")
