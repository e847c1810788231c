"""A small mail server for tests: takes letters, or refuses them as the recipient's name says.

usage: smtp.py FOLDER [--cert FILE --key FILE [--implicit]] [--user NAME --password TEXT]
Prints its port, writes each letter as FOLDER/<n>.eml and, decoded by Python, as FOLDER/<n>.json.
"""
import argparse
import asyncio
import base64
import email
import email.policy
import json
import os
import ssl

arguments = argparse.ArgumentParser()
arguments.add_argument("folder")
for name in ("cert", "key", "user", "password"):
    arguments.add_argument("--" + name)
arguments.add_argument("--implicit", action="store_true")
settings = arguments.parse_args()

context = None
if settings.cert:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings.cert, settings.key)

REFUSALS = {"neznamy": b"550 no such user", "plna": b"552 mailbox full", "pockejte": b"450 try later"}
count = 0


def keep(sender, recipient, data, encrypted):
    global count
    count += 1
    path = os.path.join(settings.folder, str(count))
    letter = email.message_from_bytes(data, policy=email.policy.default)
    described = {
        "mailFrom": sender,
        "recipient": recipient,
        "encrypted": encrypted,
        "subject": letter["Subject"],
        "from": str(letter["From"]),
        "fromName": letter["From"].addresses[0].display_name,
        "to": str(letter["To"]),
        "messageID": letter["Message-ID"],
        "autoSubmitted": letter["Auto-Submitted"],
        "text": letter.get_content().replace("\r\n", "\n"),
        "fields": letter.keys(),
        "defects": [str(defect) for defect in letter.defects],
        "longestLine": max(len(line) for line in data.split(b"\r\n")),
    }
    with open(path + ".eml", "wb") as file:
        file.write(data)
    with open(path + ".json", "w") as file:
        json.dump(described, file)


async def talk(reader, writer):
    encrypted = settings.implicit
    signed_in = settings.user is None
    sender = recipient = None

    async def say(line):
        writer.write(line + b"\r\n")
        await writer.drain()

    await say(b"220 test ESMTP")
    while line := await reader.readline():
        verb, _, rest = line.strip().partition(b" ")
        verb = verb.upper()
        if verb in (b"EHLO", b"HELO"):
            offers = [b"test", b"SIZE 1000000"]
            if context and not encrypted:
                offers.append(b"STARTTLS")
            if settings.user:
                offers.append(b"AUTH PLAIN")
            for offer in offers[:-1]:
                await say(b"250-" + offer)
            await say(b"250 " + offers[-1])
        elif verb == b"STARTTLS" and context:
            await say(b"220 go")
            await writer.start_tls(context)
            encrypted = True
        elif verb == b"AUTH":
            kind, _, secret = rest.partition(b" ")
            if not secret:
                await say(b"334 ")
                secret = (await reader.readline()).strip()
            _, user, password = base64.b64decode(secret).split(b"\0")
            signed_in = (user.decode(), password.decode()) == (settings.user, settings.password)
            await say(b"235 welcome" if signed_in else b"535 wrong")
        elif verb == b"MAIL":
            sender = rest.decode()
            await say(b"250 ok" if signed_in else b"530 sign in first")
        elif verb == b"RCPT":
            recipient = rest.decode()
            name = recipient.partition("<")[2].partition("@")[0]
            if name == "zaseknuto":
                await asyncio.sleep(60)
            if name == "zavri":
                break
            await say(REFUSALS.get(name, b"250 ok"))
        elif verb == b"DATA":
            await say(b"354 go on")
            data = b""
            while (part := await reader.readline()) != b".\r\n":
                data += part[1:] if part.startswith(b".") else part
            if "nevyzadany" in recipient:
                await say(b"554 looks like spam")
            elif "zatim" in recipient:
                await say(b"451 overloaded")
            else:
                keep(sender, recipient, data, encrypted)
                await say(b"250 taken")
        elif verb == b"QUIT":
            await say(b"221 bye")
            break
        else:
            await say(b"500 what")
    writer.close()


async def main():
    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context if settings.implicit else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


asyncio.run(main())
