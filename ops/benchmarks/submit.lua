-- wrk's part for submissions: each request is a new one, to any of the offices.
-- BENCH_HOSTS is a file with a line `host <tab> cookie <tab> form token` for each office; BENCH_BODY the answers,
-- in which the word NUMBER is another house each time.
local hosts, parts, count = {}, {}, 0
local letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

local threads = 0
function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init()
    local urandom = io.open("/dev/urandom", "rb")
    local a, b, c, d = urandom:read(4):byte(1, 4)
    urandom:close()
    math.randomseed(((a * 256 + b) * 256 + c) * 128 + d + number)
    local file = io.open(os.getenv("BENCH_BODY"))
    local body = file:read("*a")
    file:close()
    body = body:gsub("NUMBER", "NNNN")
    for line in io.lines(os.getenv("BENCH_HOSTS")) do
        local host, cookie, token = line:match("([^\t]+)\t([^\t]+)\t([^\t]+)")
        local request = wrk.format("POST", os.getenv("BENCH_PATH"), {
            ["Host"] = host, ["Cookie"] = cookie, ["X-Form-Token"] = token, ["Origin"] = "http://" .. host,
            ["Content-Type"] = "application/json", ["Accept"] = "application/json",
            ["Idempotency-Key"] = "KKKKKKKKKKKKKKKKKKKKKK",
        }, body)
        local head, middle, tail = request:match("^(.-)KKKKKKKKKKKKKKKKKKKKKK(.-)NNNN(.*)$")
        parts[#parts + 1] = { head, middle, tail }
    end
end

local function key()
    local made = {}
    for i = 1, 21 do
        local at = math.random(64)
        made[i] = letters:sub(at, at)
    end
    return table.concat(made) .. "A"
end

function request()
    local part = parts[math.random(#parts)]
    return part[1] .. key() .. part[2] .. math.random(1000, 9999) .. part[3]
end

local wrong = 0
function response(status)
    if status ~= 202 then wrong = wrong + 1 end
end
