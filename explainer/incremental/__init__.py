"""Builds that are not the first: what is kept, and what has to be made again.

    store, kept      cells, shares and traces, in memory or in a file
    engine    which runs of rules are no longer right
    inputs    files, the day, templates: what comes from outside
    glossary, texts, facts, pages     the rules, in four groups
    asked     the site as rules ask about it; every question is noted
    again     a build: the rules in their order

`explainer.build` is the same without any of this, and what it is compared with.
"""
