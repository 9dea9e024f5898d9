// WebSockets by ws, for the websocket protocol to be called against. Prints its port.
//   /rooms/ROOM   every message of JSON is answered with {id, room, key, said}, in another order than asked when three
//                 came with an id that says so (slow, then quick); subprotocol chat.v1 where it is asked for
//   /ticks        a message {ticks: N} is answered with N messages {tick: n}, then the server closes
//   /large        a message larger than a call may return, in fragments
//   /refused      the handshake is answered with 401
//   /busy         closes with 1013 and a reason
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has('chat.v1') ? 'chat.v1' : false),
    perMessageDeflate: true,
});
let opened = 0;

function talk(socket, request) {
    const url = new URL(request.url, 'http://sockets.test');
    const connection = ++opened;
    const held = [];
    socket.on('error', () => {});
    socket.on('message', (bytes) => {
        const said = JSON.parse(bytes.toString());
        if (url.pathname === '/ticks') {
            for (let tick = 1; tick <= said.ticks; tick++) {
                socket.send(JSON.stringify({ tick }));
            }
            socket.close(1000, 'that was all');
        } else if (url.pathname === '/large') {
            for (let part = 0; part < 600; part++) {
                socket.send('x'.repeat(10_000), { fin: part === 599 });
            }
        } else if (url.pathname === '/busy') {
            socket.close(1013, 'try again later');
        } else {
            const answer = JSON.stringify({
                id: said.id,
                room: decodeURIComponent(url.pathname.slice('/rooms/'.length)),
                key: request.headers.authorization ?? null,
                origin: request.headers.origin ?? null,
                extensions: request.headers['sec-websocket-extensions'] ?? null,
                subprotocol: socket.protocol,
                connection,
                said,
            });
            held.push(answer);
            if (said.wait === undefined || held.length === said.wait) {
                held.reverse().forEach((one) => socket.send(one));
                held.length = 0;
            }
        }
    });
}

const server = createServer((request, response) => response.writeHead(426).end());
server.on('upgrade', (request, socket, head) => {
    if (request.url === '/refused') {
        socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
        return;
    }
    sockets.handleUpgrade(request, socket, head, (open) => talk(open, request));
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
