-- POSTs of RFC 8058, each with the next real token of the file that PATHS names.
local paths, at = {}, 0
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
request = function()
  at = at + 1
  if at > #paths then wrk.thread:stop() at = 1 end
  return wrk.format("POST", paths[at], {["Content-Type"] = "application/x-www-form-urlencoded"}, "List-Unsubscribe=One-Click")
end
