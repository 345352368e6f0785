import { expect, it } from 'vitest';
import { AVAILABLE, HELD, SOLD } from '../../shared/occupancy.ts';
import { KIND, soleMove } from './transitions.ts';

it.each([
	['a free seat was held', [AVAILABLE, 4], [HELD, 5, 99], [99, 7, AVAILABLE, HELD, KIND.reserved]],
	['a held seat was sold', [HELD, 4], [SOLD, 5, 99], [99, 7, HELD, SOLD, KIND.confirmed]],
	['it may have lapsed or been released', [HELD, 4], [AVAILABLE, 5, 99], undefined],
	['it may have been extended or taken over', [HELD, 4], [HELD, 5, 99], undefined],
	['it went through two', [AVAILABLE, 3], [HELD, 5, 99], undefined],
	['it does not say when', [AVAILABLE, 4], [HELD, 5, 0], undefined]
] as const)(
	'tells the move of a seat where it can have been one only: %s',
	(_, before, now, move) => {
		const [code, epoch, changedAt] = now;
		const found = soleMove(7, { code: before[0], epoch: before[1] }, { code, epoch, changedAt });
		expect(found).toEqual(move);
	}
);
