"""Lets another network reach this machine's loopback: `python -m tests.wide.forward HOST PORT [PORT ...]`."""

import asyncio
import sys


async def carry(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


def to_loopback(port):
    async def serve(reader, writer):
        try:
            target_reader, target_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(carry(reader, target_writer), carry(target_reader, writer))

    return serve


async def main(host, *ports):
    servers = [await asyncio.start_server(to_loopback(int(port)), host, int(port)) for port in ports]
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
