// Server-sent events by better-sse, for the sse protocol to be read against. Prints its port.
//   GET /news?topic=T   three events with ids, types `headline` and `weather`; the last repeats what was asked
//   GET /broken         two events, then the connection breaks; who comes back with Last-Event-ID gets the rest
//   GET /closed         204: there is nothing, do not come back
import { createServer } from 'node:http';
import { createSession } from 'better-sse';

const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://events.test');
    if (url.pathname === '/closed') {
        response.writeHead(204).end();
        return;
    }
    const session = await createSession(request, response);
    if (url.pathname === '/broken') {
        broken(session, response);
        return;
    }
    session.push({ text: 'first' }, 'headline', '1');
    session.push({ degrees: 21 }, 'weather', '2');
    session.push({ topic: url.searchParams.get('topic'), key: request.headers['x-key'] ?? null }, 'headline', '3');
    response.end();
});

function broken(session, response) {
    if (session.lastId === '') {
        session.push({ part: 1 }, 'message', '1');
        session.push({ part: 2 }, 'message', '2');
        setTimeout(() => response.destroy(), 20);
    } else {
        session.push({ part: 3, after: session.lastId }, 'message', '3');
        response.end();
    }
}

server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`));
