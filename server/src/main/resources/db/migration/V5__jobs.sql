-- When each job is due and which server took it up; the columns are those that db-scheduler keeps.
CREATE TABLE strikegrid.job_schedule (
  task_name text NOT NULL,
  task_instance text NOT NULL,
  task_data bytea,
  execution_time timestamptz NOT NULL,
  picked boolean NOT NULL,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures integer,
  last_heartbeat timestamptz,
  version bigint NOT NULL,
  priority smallint,
  PRIMARY KEY (task_name, task_instance)
);

-- What became of each job, whoever ran it. The last_... columns are of the last run that ended.
CREATE TABLE strikegrid.job (
  job text PRIMARY KEY,
  every interval NOT NULL,
  longest interval NOT NULL,
  runs bigint NOT NULL DEFAULT 0,
  failures bigint NOT NULL DEFAULT 0,
  consecutive_failures integer NOT NULL DEFAULT 0,
  last_start timestamptz,
  last_end timestamptz,
  last_success timestamptz,
  outcome text CHECK (outcome IN ('done', 'failed', 'abandoned')),
  message text,
  trouble text,
  running_since timestamptz,
  running_by text
);
COMMENT ON COLUMN strikegrid.job.every IS 'from the end of a run to the next';
COMMENT ON COLUMN strikegrid.job.longest IS 'a run that takes longer is stuck';
COMMENT ON COLUMN strikegrid.job.trouble IS 'why it failed last; NULL after a success';
COMMENT ON COLUMN strikegrid.job.running_by IS 'process and machine';

-- A run whose session does not hold the job's lock any more was abandoned.
CREATE VIEW strikegrid.job_status AS
  SELECT j.job, j.every, j.longest, j.runs, j.failures, j.consecutive_failures,
         j.last_start, j.last_end, j.last_end - j.last_start AS duration, j.last_success,
         j.outcome, j.message, j.trouble, j.running_since, j.running_by,
         j.running_since IS NOT NULL AND EXISTS (
           SELECT FROM pg_locks l
            WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (l.classid::bigint << 32 | l.objid::bigint)
                  = hashtextextended('strikegrid job ' || j.job, 0)) AS is_running,
         s.execution_time AS next_run
    FROM strikegrid.job j
    LEFT JOIN strikegrid.job_schedule s ON s.task_name = j.job AND s.task_instance = 'recurring';
