import { z } from "zod";
import type { Delivery, Teller } from "#server/ports/receipts.ts";
import { entriesIn, instantOf, isAlibaba, thanks } from "./told.ts";

const SmsReport = z.looseObject({
	biz_id: z.string().min(1).max(100),
	success: z.boolean(),
	err_code: z.string().max(60).optional(),
	report_time: z.unknown(),
});

/** What became of text messages: SmsReport 短信状态报告 (help.aliyun.com/zh/sms/developer-reference/smsreport-2). */
export function alibabaSmsReports(key: string): Teller<Delivery> {
	return {
		greet: ({ query }) => (isAlibaba(query, key) ? thanks : null),
		read(told) {
			const read = entriesIn(told, key);
			if (!read.ok) return read;
			// an entry of another kind (an answer by the recipient, a template's approval) is not ours
			const reports = read.entries.flatMap((one) => SmsReport.safeParse(one).data ?? []);
			return { ok: true, told: reports.map(deliveryOf), thanks };
		},
	};
}

function deliveryOf({ biz_id, success, err_code, report_time }: z.output<typeof SmsReport>): Delivery {
	const why = success ? null : (err_code ?? "unknown").replaceAll(/[^\w.:-]/g, "");
	return { receipt: biz_id, delivered: success, why, at: instantOf(report_time) };
}
