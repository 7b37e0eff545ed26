"""Delivery: news that leaves the server by push, e-mail, SMS and webhooks, as a second path beside the rows.

How others use it
    `enqueue(work, news, people)` (commands/enqueue.py) stores the news and one delivery for each way to each person, in
    the caller's own transaction. The same `news.key` again changes nothing. A worker process sends them.
    `queries.delivered_by(ref)` tells which devices said that the news of a broadcast (or another `ref`) arrived there,
    and by which channel; `queries.handed_over(ref)` tells what the outside took, which proves nothing about a person.
"""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Load the installation's push key, attach the routes, and end a phone's alerts when its person signs out."""
    from app.delivery import routes
    from app.delivery.commands.subscriptions import end_on_sign_out
    from app.delivery.keys import load_vapid

    app.extensions["vapid_public_key"] = load_vapid(app.extensions["settings"].data_dir).public
    app.extensions["on_sign_out"].append(end_on_sign_out)
    app.register_blueprint(routes.blueprint)
