-- The lifecycle workload as PostgreSQL functions, at their best found so far: one function, so one round trip and one
-- transaction, for each request.
--
-- Whoever looks for an agent or a waiting ticket passes over rows that another transaction holds (SKIP LOCKED) instead of
-- waiting for it, so "the least loaded" is approximate while many ask at once.

CREATE SEQUENCE ticket_ids;

-- agent: 0 = it waits. Room is left on each page, so that a change of the ticket stays there and touches no index.
CREATE TABLE ticket (
  id bigint PRIMARY KEY,
  created timestamptz NOT NULL,
  updated timestamptz NOT NULL,
  agent int NOT NULL,
  dept int2 NOT NULL,
  channel int2 NOT NULL,
  priority int2 NOT NULL,
  status int2 NOT NULL, -- 0 new, 1 open, 2 answered, 3 resolved
  messages int2 NOT NULL,
  waiting bool NOT NULL,
  subject text NOT NULL
) WITH (fillfactor = 75);
CREATE INDEX ticket_queue ON ticket (dept, channel, priority, id) WHERE waiting;

CREATE TABLE message (
  ticket bigint NOT NULL,
  number int2 NOT NULL,
  author int NOT NULL, -- 0 = the customer
  at timestamptz NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (ticket, number)
);

-- Few rows that change all the time: vacuumed often and at full speed. The index by load finds the least loaded at once;
-- it costs a new entry for each change and was the faster way all the same.
CREATE TABLE agent_load (
  dept int2 NOT NULL,
  channel int2 NOT NULL,
  agent int NOT NULL,
  load int2 NOT NULL DEFAULT 0,
  capacity int2 NOT NULL,
  PRIMARY KEY (dept, channel, agent)
) WITH (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_cost_delay = 0);
CREATE INDEX agent_free ON agent_load (dept, channel, load) WHERE load < capacity;

INSERT INTO agent_load (dept, channel, agent, capacity)
  SELECT dept, channel, (dept - 1) * 100 + place, (ARRAY[5, 3, 1])[channel]
  FROM generate_series(1, 10) AS dept, generate_series(1, 3) AS channel, generate_series(1, 100) AS place
  ORDER BY dept, channel, place;
ANALYZE agent_load;

CREATE FUNCTION ticket_open(in_dept int2, in_channel int2, in_priority int2, in_subject text, in_body text,
  OUT id bigint, OUT agent int) LANGUAGE plpgsql AS $$
BEGIN
  id := nextval('ticket_ids');
  UPDATE agent_load AS chosen SET load = chosen.load + 1
    WHERE dept = in_dept AND channel = in_channel AND chosen.agent = (
      SELECT free.agent FROM agent_load AS free
      WHERE free.dept = in_dept AND free.channel = in_channel AND free.load < free.capacity
      ORDER BY free.load LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING chosen.agent INTO agent;
  IF agent IS NULL THEN
    -- All are full, or those who are not are held by others. Against the resolves of this queue, one at a time: look
    -- again, and only then wait, or the ticket could wait beside an agent who has just become free.
    PERFORM pg_advisory_xact_lock(in_dept * 10 + in_channel);
    UPDATE agent_load AS chosen SET load = chosen.load + 1
      WHERE dept = in_dept AND channel = in_channel AND chosen.agent = (
        SELECT free.agent FROM agent_load AS free
        WHERE free.dept = in_dept AND free.channel = in_channel AND free.load < free.capacity
        ORDER BY free.load LIMIT 1 FOR UPDATE)
      RETURNING chosen.agent INTO agent;
  END IF;
  agent := coalesce(agent, 0);
  INSERT INTO ticket VALUES (id, now(), now(), agent, in_dept, in_channel, in_priority, 0, 1, agent = 0, in_subject);
  INSERT INTO message VALUES (id, 1, 0, now(), in_body);
END $$;

CREATE FUNCTION ticket_reply(in_id bigint, in_author int, in_body text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  place int2;
BEGIN
  UPDATE ticket SET status = CASE WHEN in_author = 0 THEN 1 ELSE 2 END, updated = now(), messages = messages + 1
    WHERE id = in_id AND status <> 3 RETURNING messages INTO place;
  IF place IS NULL THEN RAISE EXCEPTION 'ticket % is missing or resolved', in_id; END IF;
  INSERT INTO message VALUES (in_id, place, in_author, now(), in_body);
  RETURN 1;
END $$;

CREATE FUNCTION ticket_resolve(in_id bigint, OUT next bigint, OUT agent int) LANGUAGE plpgsql AS $$
DECLARE
  of_dept int2;
  of_channel int2;
BEGIN
  next := 0;
  UPDATE ticket SET status = 3, updated = now(), waiting = false WHERE id = in_id AND status <> 3
    RETURNING ticket.agent, dept, channel INTO agent, of_dept, of_channel;
  IF agent IS NULL THEN RAISE EXCEPTION 'ticket % is missing or resolved', in_id; END IF;
  IF agent = 0 THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock_shared(of_dept * 10 + of_channel);
  SELECT id INTO next FROM ticket WHERE waiting AND dept = of_dept AND channel = of_channel
    ORDER BY priority, id LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF next IS NULL THEN
    next := 0;
    UPDATE agent_load SET load = load - 1
      WHERE dept = of_dept AND channel = of_channel AND agent_load.agent = ticket_resolve.agent;
  ELSE
    UPDATE ticket SET agent = ticket_resolve.agent, waiting = false, updated = now() WHERE id = next;
  END IF;
END $$;
