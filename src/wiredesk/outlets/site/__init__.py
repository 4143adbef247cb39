"""The readers' site: server-rendered pages, no script, no cookie, no request to anybody else."""
