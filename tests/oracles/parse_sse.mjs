// Reads event streams with the EventSource of Node itself (undici's; behind a flag since 20.18).
//
//   node --experimental-eventsource parse_sse.mjs
//
// Each line of standard input is a stream in base64; the answer is a line with its events as JSON.
import { createInterface } from "node:readline";

function events(stream) {
  return new Promise((resolve) => {
    const source = new EventSource(`data:text/event-stream;base64,${stream}`);
    const read = [];
    source.dispatchEvent = (event) => {
      if ("data" in event) {
        read.push({ event: event.type, data: event.data, id: event.lastEventId });
      } else if (event.type === "error") { // the stream is over; its last events may be under way
        setImmediate(() => resolve(read, source.close()));
      }
      return true;
    };
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await events(line)));
}
