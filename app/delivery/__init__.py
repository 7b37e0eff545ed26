"""Delivery: news that leaves the server by push, e-mail, SMS and webhooks, as a second path beside the rows.

How others use it
    `enqueue(work, news, people)` (commands/enqueue.py) stores the news and one delivery for each way to each person, in
    the caller's own transaction. The same `news.key` again changes nothing. A worker process sends them.
    `queries.delivered_by(ref)` tells which devices said that the news of a broadcast (or another `ref`) arrived there,
    and by which channel; `queries.handed_over(ref)` tells what the outside took, which proves nothing about a person.
"""
