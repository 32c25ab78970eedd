"""A small mail server on this machine, started by the test: takes letters, or answers as it is told to."""

import socketserver
import threading

GREETING, ALL_WELL = "220 fake", "250 ok"


class FakeMailServer(socketserver.ThreadingTCPServer):
    """`answers` by command ("RCPT", "MAIL", "DATA", "." for the letter's end); None ends the line without an answer."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers = {}
        self.letters = []
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def note_asked(self, command):
        """Do something before a command is answered."""

    def note_taken(self):
        """Do something between a letter's end and the answer to it."""

    def stop(self):
        self.shutdown()
        self.server_close()


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say(GREETING)
        while line := self.rfile.readline():
            command = line.decode().strip().split(" ")[0].split(":")[0].upper()
            self.server.note_asked(command)
            if command == "QUIT":
                self.say(self.server.answers.get("QUIT", "221 bye"))
                return
            if not self.answer(command, "354 go on" if command == "DATA" else ALL_WELL):
                return
            if command == "DATA" and "DATA" not in self.server.answers and not self.take_letter():
                return

    def take_letter(self):
        lines = []
        while (line := self.rfile.readline().rstrip(b"\r\n")) != b".":
            lines.append(line)
        if self.server.answers.get(".", ALL_WELL) in (ALL_WELL, None):
            self.server.letters.append(b"\n".join(lines).decode())
            self.server.note_taken()
        return self.answer(".", ALL_WELL)

    def answer(self, command, usual):
        said = self.server.answers.get(command, usual)
        if said is None:
            return False
        self.say(said)
        return True

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())
