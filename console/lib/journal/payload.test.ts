import { expect, test } from 'vitest';
import { decodePayload } from './payload.ts';

const utf8 = (text: string) => [...new TextEncoder().encode(text)];

test.each([
	[[], { kind: 'empty' }],
	[utf8('true'), { kind: 'json', value: true }],
	[utf8('"alice"'), { kind: 'json', value: 'alice' }],
	[utf8('{"seat":"北-1"}'), { kind: 'json', value: { seat: '北-1' } }],
	[utf8('{"token":"abc"}'), { kind: 'json', value: { token: '[redacted]' } }],
	[utf8('not json'), { kind: 'text', text: 'not json' }],
	[utf8('Bearer abc'), { kind: 'text', text: 'Bearer [redacted]' }],
	[[0xff, 0xfe, 0x00], { kind: 'binary', bytes: 3 }],
	[[0x00, 0x41], { kind: 'binary', bytes: 2 }]
])('%j', (bytes, payload) => {
	expect(decodePayload(bytes)).toEqual(payload);
});
