// Peer for `bench fanout`: Node.js socket.io 4, websocket only, no compression. Lines are those of the other peers.
"use strict";

const { createServer } = require("node:http");
const { createInterface } = require("node:readline");
const { createRequire } = require("node:module");

const fromTools = createRequire(`${process.argv[3]}/package.json`);
const { Server } = fromTools("socket.io");

const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, httpCompression: false, serveClient: false });
io.on("connection", (socket) => socket.join("site:north"));
http.listen(Number(process.argv[2]), "127.0.0.1", 1024, () => console.log(JSON.stringify({ ready: Number(process.argv[2]) })));

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const body = JSON.parse(line).fire;
    const began = Number(process.hrtime.bigint()) / 1e9;
    io.to("site:north").emit("d", body);
    console.log(JSON.stringify({ t: began }));
  })
  .on("close", () => process.exit(0));
