#!lua name=lifecycle

-- The lifecycle workload as Redis functions, at their best found so far.
--
--   a:<dept>:<channel>   sorted set: agents by open tickets on that channel
--   q:<dept>:<channel>   sorted set: waiting tickets by (priority, id)
--   t:<id>               hash: the ticket, and its thread as the fields 1, 2, 3 ...
--   seq                  the last id
--
-- A ticket is one key, so that a reply is one read and one write of it; the hash stays a listpack because redis-server
-- is started with `hash-max-listpack-value 1024`. Loads and capacities are one digit: as strings they compare like numbers.

local capacity = { ['1'] = '5', ['2'] = '3', ['3'] = '1' }
local one_more = { ['0'] = '1', ['1'] = '2', ['2'] = '3', ['3'] = '4', ['4'] = '5' }
local priority_step = 2 ^ 48

-- FCALL open 2 a:<d>:<c> q:<d>:<c>  dept channel priority now subject body  ->  {id, agent or 0}
local function open(keys, args)
  local call = redis.call
  local id = call('INCR', 'seq')
  local least = call('ZRANGE', keys[1], 0, 0, 'WITHSCORES')
  local agent, load = least[1], least[2]
  if agent and load < capacity[args[2]] then
    call('ZADD', keys[1], one_more[load], agent)
  else
    agent = '0'
    call('ZADD', keys[2], args[3] * priority_step + id, id)
  end
  call('HSET', 't:' .. id, 'status', 'new', 'n', 1, 'agent', agent, 'dept', args[1], 'channel', args[2],
    'updated', args[4], 'created', args[4], 'priority', args[3], 'subject', args[5], '1', '0 ' .. args[4] .. ' ' .. args[6])
  return { id, tonumber(agent) }
end

-- FCALL reply 1 t:<id>  author now text  ->  1
local function reply(keys, args)
  local call = redis.call
  local ticket = call('HMGET', keys[1], 'status', 'n')
  if not ticket[1] then return redis.error_reply('NOTFOUND no such ticket') end
  if ticket[1] == 'resolved' then return redis.error_reply('STATE it is resolved') end
  local number = ticket[2] + 1
  call('HSET', keys[1], 'status', args[1] == '0' and 'open' or 'answered', 'n', number, 'updated', args[2],
    number, args[1] .. ' ' .. args[2] .. ' ' .. args[3])
  return 1
end

-- FCALL resolve 1 t:<id>  now  ->  {next id or 0, agent}
local function resolve(keys, args)
  local call = redis.call
  local ticket = call('HMGET', keys[1], 'status', 'agent', 'dept', 'channel')
  if not ticket[1] then return redis.error_reply('NOTFOUND no such ticket') end
  if ticket[1] == 'resolved' then return redis.error_reply('STATE it is resolved') end
  call('HSET', keys[1], 'status', 'resolved', 'updated', args[1])
  local agent, place = ticket[2], ticket[3] .. ':' .. ticket[4]
  if agent == '0' then
    call('ZREM', 'q:' .. place, string.sub(keys[1], 3))
    return { 0, 0 }
  end
  local next = call('ZPOPMIN', 'q:' .. place)[1]
  if not next then
    call('ZINCRBY', 'a:' .. place, -1, agent)
    return { 0, tonumber(agent) }
  end
  call('HSET', 't:' .. next, 'agent', agent, 'updated', args[1])
  return { tonumber(next), tonumber(agent) }
end

redis.register_function('open', open)
redis.register_function('reply', reply)
redis.register_function('resolve', resolve)
