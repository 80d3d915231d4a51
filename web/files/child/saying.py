"""How the child refuses: a code, for which web.files.words has the sentence."""


class No(Exception):
    def __init__(self, code: str, **facts: int | str):
        self.code, self.facts = code, facts
        super().__init__(code)
