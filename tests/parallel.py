"""Several calls at the same moment, each on a thread and with a browser of its own."""

import threading


def at_once(*calls):
    """Run the calls at the same moment, and give back what each returned."""
    gate, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        gate.wait()
        answers[place] = call()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def browser(app, person):
    client = app.test_client()
    client.sign_in(person)
    client.page("/pledge")
    return client
