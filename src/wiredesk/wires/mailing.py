"""A mail handed over to its server (RFC 5321), to the address that the guard has judged. Blocks: run it in a thread."""

from __future__ import annotations

import smtplib
import socket
import ssl
from functools import partial

from wiredesk.news.call import Mail, Reply, Undelivered


class _Pinned(smtplib.SMTP):
    """Connects to one address, whatever the name service says by now; TLS from the first byte where asked for."""

    def __init__(self, mail: Mail, address: str, timeout: float) -> None:
        self._mail, self._address = mail, address
        super().__init__(mail.host, mail.port, local_hostname="wiredesk.invalid", timeout=timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((self._address, port), timeout)
        if self._mail.security != "tls":
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def hand_over(mail: Mail, address: str, *, is_own: bool, timeout: float) -> Reply:
    """The server's last reply. `is_own`: on a network of our own, where neither TLS nor a certificate is asked for.

    `timeout` is in seconds, for each step. Raises Undelivered where the server cannot be talked to.
    """
    try:
        server = _Pinned(mail, address, timeout)
    except ssl.SSLError:
        raise Undelivered("No secure connection to the mail server could be made.", was_sent=False) from None
    except smtplib.SMTPConnectError as error:
        return Reply(status=error.smtp_code, body=_bytes(error.smtp_error))
    except (OSError, smtplib.SMTPException):
        raise Undelivered("The mail server cannot be reached.", was_sent=False) from None
    try:
        return _begun(server, mail, is_own=is_own) or _sent(server, mail)
    finally:
        server.close()


def _begun(server: smtplib.SMTP, mail: Mail, *, is_own: bool) -> Reply | None:
    """Greeting, STARTTLS, login, sender and recipients; the reply that ends it early, if one does."""
    try:
        server.ehlo_or_helo_if_needed()
        if mail.security == "starttls" and not is_own:
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if mail.user:
            server.login(mail.user, mail.password)
        steps = [partial(server.mail, mail.sender), *(partial(server.rcpt, one) for one in mail.recipients)]
        for step in steps:
            code, said = step()
            if not 200 <= code < 300:
                return Reply(status=code, body=said)
    except smtplib.SMTPAuthenticationError as error:
        return Reply(status=error.smtp_code, body=b"The login was refused.")  # some servers say the name back
    except smtplib.SMTPNotSupportedError:
        raise Undelivered("The mail server offers no secure connection, or no login.", was_sent=False) from None
    except smtplib.SMTPResponseException as error:
        return Reply(status=error.smtp_code, body=_bytes(error.smtp_error))
    except ssl.SSLError:
        raise Undelivered("No secure connection to the mail server could be made.", was_sent=False) from None
    except (OSError, smtplib.SMTPException):
        raise Undelivered("The mail server broke off.", was_sent=False) from None
    return None


def _sent(server: smtplib.SMTP, mail: Mail) -> Reply:
    try:
        code, said = server.data(mail.message)
    except smtplib.SMTPDataError as error:
        return Reply(status=error.smtp_code, body=_bytes(error.smtp_error))
    except (OSError, smtplib.SMTPException):
        raise Undelivered("The mail server broke off while it took the mail.", was_sent=True) from None
    return Reply(status=code, body=said)


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()
