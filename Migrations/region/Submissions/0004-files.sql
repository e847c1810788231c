-- Which submission has a file: asked before an upload is taken away.
create index submissions_files on region.submissions using gin ((attachments::jsonb) jsonb_path_ops)
    where attachments <> '[]';
