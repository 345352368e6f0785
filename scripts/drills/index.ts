import { cancelMidPayment } from './cancel-mid-payment.ts';
import { chaos } from './chaos.ts';
import { clusterNodeKill } from './cluster-node-kill.ts';
import { doubleClick } from './double-click.ts';
import type { Drill } from './drill.ts';
import { dropAfterCommit } from './drop-after-commit.ts';
import { duplicateWebhooks } from './duplicate-webhooks.ts';
import { expiryRace } from './expiry-race.ts';
import { gateway402 } from './gateway-402.ts';
import { gateway503 } from './gateway-503.ts';
import { gatewayTimeout } from './gateway-timeout.ts';
import { hotSeat } from './hot-seat.ts';
import { mailOutage } from './mail-outage.ts';
import { operatorCrash } from './operator-crash.ts';
import { partialConflict } from './partial-conflict.ts';
import { serverKill } from './server-kill.ts';
import { upgrade } from './upgrade.ts';
import { workerRestart } from './worker-restart.ts';

/** Every drill, in the order they are run. */
export const DRILLS: readonly Drill[] = [
	workerRestart,
	gateway503,
	gateway402,
	hotSeat,
	dropAfterCommit,
	gatewayTimeout,
	cancelMidPayment,
	doubleClick,
	expiryRace,
	serverKill,
	mailOutage,
	duplicateWebhooks,
	partialConflict,
	operatorCrash,
	upgrade,
	chaos,
	clusterNodeKill
];
