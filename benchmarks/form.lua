-- POSTs of a form with a new address each time, or with BODY, from ever other networks: FORM is the path, CSRF and COOKIE are from a GET of it.
local n = 0
local path, csrf, cookie = os.getenv("FORM"), os.getenv("CSRF"), os.getenv("COOKIE")
local body = os.getenv("BODY")
local run = os.time()
request = function()
  n = n + 1
  return wrk.format("POST", path, {
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["Cookie"] = cookie,
    ["Sec-Fetch-Site"] = "same-origin",
    ["X-Forwarded-For"] = string.format("203.%d.%d.7", math.floor(n / 250) % 250, n % 250)
  }, "_csrf=" .. csrf .. "&" .. (body or "address=bench-" .. run .. "-" .. n .. "%40example.org"))
end
