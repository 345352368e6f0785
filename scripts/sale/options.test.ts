import { expect, it } from 'vitest';
import { readOptions } from './options.ts';

const read = (line: string) => readOptions(line.split(' ').filter(Boolean), () => 42);

it('has its defaults', () => {
	expect(read('--event concert-1 --buyers 500')).toEqual({
		event: 'concert-1',
		buyers: 500,
		decline: 0.1,
		abandon: 0.1,
		rate: undefined,
		concurrency: 64,
		seed: 42,
		json: false
	});
});

it('reads every option', () => {
	const line = '--event e --buyers 1 --decline 0 --abandon 1 --rate 12.5 --concurrency 8 --seed 3';
	expect(read(`${line} --json`)).toEqual({
		event: 'e',
		buyers: 1,
		decline: 0,
		abandon: 1,
		rate: 12.5,
		concurrency: 8,
		seed: 3,
		json: true
	});
});

it.each([
	['', /--event is missing/],
	['--event e', /--buyers is missing/],
	['--event e:1 --buyers 5', /"e:1" is not an event ID/],
	['--event e --buyers 0', /--buyers must be a whole number from 1/],
	['--event e --buyers x', /--buyers .* not "x"/],
	['--event e --buyers 5 --decline 1.5', /--decline must be a number from 0 to 1/],
	['--event e --buyers 5 --decline 0.6 --abandon 0.6', /more than 1 together/],
	['--event e --buyers 5 --rate 0', /--rate must be a number from 0\.01/],
	['--event e --buyers 5 --seed -1', /--seed/],
	['--event e --buyers 5 --fast', /Unknown option '--fast'/],
	['--event e --buyers 5 more', /Unexpected argument 'more'/]
])('refuses %j', (line, message) => expect(() => read(line)).toThrow(message));
