// Reads an event stream as the HTML standard says (section 9.2.6, "Interpreting an event stream"),
// and prints its events as JSON. Written from the standard alone: it shares nothing with this project.
//
//   node read_sse.mjs < stream            what standard input holds
//   node read_sse.mjs URL HEADERS BODY    what the server answers to a POST (the last two are JSON)

async function* lines(chunks) {
  const decoder = new TextDecoder("utf-8"); // drops a leading byte order mark, as the standard demands
  let rest = "";
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    let end;
    while ((end = rest.search(/\r\n|\n|\r(?=[^])/)) >= 0) {
      yield rest.slice(0, end);
      rest = rest.slice(end + (rest.startsWith("\r\n", end) ? 2 : 1));
    }
  }
  if (rest.endsWith("\r")) yield rest.slice(0, -1);
}

async function* events(chunks) {
  let data = "", type = "", id = "";
  for await (const line of lines(chunks)) {
    if (line === "") {
      if (data !== "") yield { type: type || "message", data: data.replace(/\n$/, ""), id };
      data = type = "";
      continue;
    }
    const colon = line.indexOf(":");
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data += value + "\n";
    else if (field === "event") type = value;
    else if (field === "id" && !value.includes("\0")) id = value;
  }
}

async function answer(url, headers, body) {
  const response = await fetch(url, { method: "POST", headers: JSON.parse(headers), body });
  const type = response.headers.get("content-type");
  if (!response.ok || !type.startsWith("text/event-stream")) {
    throw new Error(`${response.status} ${type}: ${await response.text()}`);
  }
  return response.body;
}

const [url, headers, body] = process.argv.slice(2);
const read = [];
for await (const event of events(url ? await answer(url, headers, body) : process.stdin)) read.push(event);
console.log(JSON.stringify(read));
