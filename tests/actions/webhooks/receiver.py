"""A receiver of webhooks on this machine, with a certificate of its own for the name hooks.test."""

import socket
import ssl
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NAME = "hooks.test"


class Receiver:
    """Answers with `status` and keeps what came."""

    def __init__(self, folder, name=NAME):
        self.status, self.calls = 204, []
        self.drip = self.silent = self.deaf = False
        self.ended = threading.Event()
        self.certificate = folder / "receiver.pem"
        self.certificate.write_bytes(make_certificate(name))
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.certificate)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"https://{NAME}:{self.server.server_port}/hook?a=1"

    def stop(self):
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def _handler(self):
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                if receiver.deaf:
                    receiver.ended.wait(60)
                    return
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                receiver.calls.append((self.path, dict(self.headers), body))
                if receiver.silent:
                    receiver.ended.wait(60)
                if receiver.drip:
                    while not self.wfile.closed:
                        self.wfile.write(b"H")
                        time.sleep(0.05)
                self.send_response(receiver.status)
                if receiver.status in (301, 307):
                    self.send_header("Location", "https://hooks.test/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except OSError:
                    self.close_connection = True

        return Handler


class HalfOpen:
    """A host that takes calls and says nothing, or the same bytes again and again; it never speaks TLS."""

    def __init__(self, drips):
        self.drips = drips
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._take, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()
        self.server.close()

    def _take(self):
        call, _ = self.server.accept()
        with call, suppress(OSError):
            while not self.ended.wait(0.05):
                if self.drips:
                    call.sendall(self.drips)


def make_certificate(name):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)
