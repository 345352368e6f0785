import { until } from '../until.ts';
import { deployNextVersion } from './deploy-next-version.ts';
import type { Drill } from './drill.ts';
import { holds, same, tally } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { bundleNextVersion, NEXT_MESSAGE } from './next-version.ts';
import type { Begun, Site } from './site.ts';

const BUYERS = 4;

export const upgrade: Drill = {
	name: 'upgrade',
	title: 'While checkouts pay, a version with another seat schema is registered as a deployment',
	expected: 'old checkouts end on the old code, new ones on the new; old seats migrate on read',
	run: async (site) => {
		const { records } = site;
		const bundle = await bundleNextVersion();
		const held = await site.freshSeat();
		await site.call(`Ticket/${held}/reserve`, 'holder');
		const before = await records.seat(held);
		// The gateway is down until the new version is in, so no old checkout can end before.
		await site.breakGateway({ payments: { status: 503 } });
		const old = await beginAll(site, 'old');
		await until('the old checkouts to be paying', async () => {
			const steps = await Promise.all(old.map(({ invocationId }) => records.steps(invocationId)));
			return steps.every((names) => names.includes('Authorise payment'));
		});
		await deployNextVersion(site, bundle);
		const recent = await beginAll(site, 'new');
		await site.mendGateway();
		const answer = await site.buy({ ticketIds: [held], userId: 'holder' });
		const after = await records.seat(held);
		return [
			...(await versions(site, old, recent)),
			same('answer', 'to the old hold', answer.message, NEXT_MESSAGE),
			same('state', 'of the old hold: v', [before.v, after.v], [1, 2]),
			same('state', 'of the old hold: new field', after['origin'], 'migrated'),
			same('seat', 'of the old hold', [after.status, after.reservedBy], ['SOLD', 'holder'])
		];
	}
};

async function beginAll(site: Site, name: string): Promise<Begun[]> {
	const seats = await site.freshSeats(BUYERS);
	return Promise.all(
		seats.map((seat, index) => site.begin({ ticketIds: [seat], userId: `${name}-${index}` }))
	);
}

/** Which code each checkout ran on: by what it answered, and by what Restate pinned it to. */
async function versions(site: Site, old: Begun[], recent: Begun[]): Promise<Evidence[]> {
	const { records } = site;
	const told = async (checkouts: Begun[]) => {
		const answers = await Promise.all(checkouts.map(({ answer }) => answer));
		return tally(answers.map(({ message }) => message));
	};
	const pins = async (checkouts: Begun[]) => {
		const rows = checkouts.map(({ invocationId }) => records.invocation(invocationId));
		return [...new Set((await Promise.all(rows)).map((row) => row.pinned_deployment_id))];
	};
	const [answers, newAnswers] = [await told(old), await told(recent)];
	const [pinned, newlyPinned] = [await pins(old), await pins(recent)];
	const intents = await records.intents();
	return [
		same('answer', 'of the old', answers, { 'Booking Confirmed': BUYERS }),
		same('answer', 'of the new', newAnswers, { [NEXT_MESSAGE]: BUYERS }),
		holds('invocation', 'old pinned to', pinned, pinned.length === 1),
		holds(
			'invocation',
			'new pinned to',
			newlyPinned,
			newlyPinned.length === 1 && newlyPinned[0] !== pinned[0]
		),
		same('ledger', 'payments', tally(intents.map(({ status }) => status)), {
			succeeded: intents.length
		})
	];
}
