"""Print jobs (一括印刷): many documents as one file, ordered at the desk, made by a worker, fetched once.

What a job lays together is the business of the application that has it: it gives a ``jobs.PrintKind``, tables of its
own on ``model.PrintJobBase``, and a page that ``shared.web.print_jobs`` serves.
"""
