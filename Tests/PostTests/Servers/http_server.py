"""A small web server for tests of the webhook client: answers as the path says.

usage: http_server.py FOLDER [--cert FILE --key FILE]
Prints its port and writes each request as FOLDER/<n>.json.
"""
import argparse
import http.server
import json
import os
import ssl
import threading
import time
import urllib.parse

arguments = argparse.ArgumentParser()
arguments.add_argument("folder")
arguments.add_argument("--cert")
arguments.add_argument("--key")
settings = arguments.parse_args()
lock = threading.Lock()
count = 0


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        global count
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with lock:
            count += 1
            with open(os.path.join(settings.folder, f"{count}.json"), "w") as file:
                json.dump({
                    "path": self.path,
                    "headers": {name.lower(): value for name, value in self.headers.items()},
                    "body": body.decode(),
                }, file)
        path, _, query = self.path.partition("?")
        query = urllib.parse.parse_qs(query)
        if path == "/velke":
            self.answer(200, b"x" * int(query["bytes"][0]))
        elif path == "/velke-bez-delky":
            self.send_response(200)
            self.send_header("Connection", "close")
            self.end_headers()
            for _ in range(int(query["bytes"][0])):
                self.wfile.write(b"x")
            self.close_connection = True
        elif path == "/pomalu":
            time.sleep(float(query["s"][0]))
            self.answer(200, b"{}")
        elif path == "/jinam":
            self.answer(302, b"", {"Location": "/prijem"})
        elif path == "/stav":
            self.answer(int(query["kod"][0]), b'{"chyba": "x"}', {"Retry-After": "17"})
        elif path == "/zavri":
            self.close_connection = True
        else:
            self.answer(202, json.dumps({"length": len(body)}).encode())

    def answer(self, status, body, headers={}):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            pass

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


server = Server(("127.0.0.1", 0), Handler)
if settings.cert:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings.cert, settings.key)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_address[1], flush=True)
server.serve_forever()
