import type { ROLES } from "#engine/actor.ts";
import { roleRows } from "../founding/found.ts";
import { newId } from "../ids.ts";
import type { Statement } from "../store/database/database.ts";
import { insertKept, type Keys, keep } from "../store/kept.ts";

/** The invented company of the demo, its organisations and its lasting cast. No real firm, no real person. */
export const COMPANY = "xinghe";

/** id, 中文名, English name, kind */
const ORGANISATIONS: readonly [string, string, string, string][] = [
	["hq", "星河运输总部", "Xinghe Transport head office", "head-office"],
	["service", "客户服务中心", "Customer care", "department"],
	["audit", "风控与法务部", "Risk and legal", "department"],
	["south", "华南分公司", "South branch", "branch"],
	["outlet-longhua", "龙华网点", "Longhua outlet", "outlet"],
	["outlet-baoan", "宝安网点（加盟）", "Bao'an outlet (franchise)", "outlet"],
	["dispatch", "调度中心", "Dispatch centre", "department"],
	["technology", "技术部", "Technology", "department"],
	["warehouse-sz", "深圳中心仓", "Shenzhen warehouse", "department"],
	["freight-team", "同城货运队", "City freight team", "branch"],
	["ride-fleet", "安行租赁", "Anxing fleet", "rental"],
	["carrier-hongda", "宏达运输（承运商）", "Hongda Haulage (carrier)", "carrier"],
	["rescue-anda", "安达救援（服务商）", "Anda Rescue (provider)", "provider"],
	["insurer-antai", "安泰财险", "Antai Insurance", "insurer"],
];

/** child, parent, kind */
const RELATIONS: readonly [string, string, string][] = [
	["service", "hq", "own"],
	["audit", "hq", "own"],
	["south", "hq", "own"],
	["outlet-longhua", "south", "own"],
	["outlet-baoan", "south", "franchised"],
	["dispatch", "hq", "own"],
	["technology", "hq", "own"],
	["warehouse-sz", "south", "own"],
	["freight-team", "south", "own"],
	["ride-fleet", "hq", "rental"],
	["carrier-hongda", "hq", "carrier"],
	["rescue-anda", "hq", "provider"],
	["insurer-antai", "hq", "insurer"],
];

export interface CastMember {
	/** Person id and login name alike. */
	id: string;
	alias: string;
	role: keyof typeof ROLES & string;
	organisation: string;
	trades?: string[];
	seat?: string;
}

export const STAFF: readonly CastMember[] = [
	{ id: "agent", alias: "赵敏", role: "agent", organisation: "service" },
	{ id: "agent2", alias: "孙倩", role: "agent", organisation: "service" },
	{ id: "handler", alias: "王敏", role: "handler", organisation: "service" },
	{ id: "handler2", alias: "刘洋", role: "handler", organisation: "service" },
	{ id: "handler3", alias: "陈静", role: "handler", organisation: "service" },
	{
		id: "handler4",
		alias: "林涛",
		role: "handler",
		organisation: "service",
		trades: ["roadside-rescue", "ride-hailing"],
	},
	{ id: "officer", alias: "何仓", role: "officer", organisation: "warehouse-sz" },
	{ id: "dispatcher", alias: "郑调度", role: "officer", organisation: "dispatch" },
	{ id: "outlet-lead", alias: "冯站长", role: "officer", organisation: "outlet-longhua" },
	{ id: "engineer", alias: "沈工", role: "officer", organisation: "technology" },
	{ id: "partner", alias: "宏达联络人", role: "partner", organisation: "carrier-hongda" },
	{ id: "duty", alias: "周值班", role: "duty-manager", organisation: "service" },
	{ id: "approver", alias: "吴主管", role: "approver", organisation: "service" },
	{ id: "reviewer", alias: "郭复核", role: "reviewer", organisation: "audit" },
	{ id: "reviewer2", alias: "唐复核", role: "reviewer", organisation: "audit" },
	{ id: "safety", alias: "高安全", role: "safety", organisation: "audit" },
	{ id: "liaison", alias: "梁联络", role: "regulator-liaison", organisation: "audit" },
	{ id: "finance", alias: "钱出纳", role: "finance", organisation: "audit" },
	{ id: "legal", alias: "罗律师", role: "legal", organisation: "audit" },
	{ id: "quality", alias: "方质控", role: "quality", organisation: "service" },
	{ id: "manager", alias: "宋经理", role: "manager", organisation: "hq" },
	{ id: "admin", alias: "管理员", role: "admin", organisation: "hq" },
];

export const WORKERS: readonly (CastMember & { trade: string; seat: string })[] = [
	{
		id: "courier",
		alias: "张师傅",
		role: "worker",
		organisation: "outlet-longhua",
		trade: "express",
		seat: "courier",
	},
	{
		id: "courier2",
		alias: "小王",
		role: "worker",
		organisation: "outlet-baoan",
		trade: "express",
		seat: "courier",
	},
	{
		id: "courier3",
		alias: "老孟",
		role: "worker",
		organisation: "outlet-longhua",
		trade: "express",
		seat: "courier",
	},
	{
		id: "driver",
		alias: "李师傅",
		role: "worker",
		organisation: "freight-team",
		trade: "freight-hailing",
		seat: "driver",
	},
	{
		id: "driver2",
		alias: "马师傅",
		role: "worker",
		organisation: "freight-team",
		trade: "freight-hailing",
		seat: "driver",
	},
	{
		id: "cabbie",
		alias: "陈师傅",
		role: "worker",
		organisation: "ride-fleet",
		trade: "ride-hailing",
		seat: "driver",
	},
	{
		id: "cabbie2",
		alias: "许师傅",
		role: "worker",
		organisation: "ride-fleet",
		trade: "ride-hailing",
		seat: "driver",
	},
	{
		id: "rescuer",
		alias: "胡师傅",
		role: "worker",
		organisation: "rescue-anda",
		trade: "roadside-rescue",
		seat: "rescuer",
	},
	{
		id: "rescuer2",
		alias: "韩师傅",
		role: "worker",
		organisation: "rescue-anda",
		trade: "roadside-rescue",
		seat: "rescuer",
	},
	{
		id: "trucker",
		alias: "曹师傅",
		role: "worker",
		organisation: "carrier-hongda",
		trade: "logistics-enterprise",
		seat: "carrier",
	},
	{
		id: "trucker2",
		alias: "彭师傅",
		role: "worker",
		organisation: "carrier-hongda",
		trade: "logistics-enterprise",
		seat: "driver",
	},
	{
		id: "keeper",
		alias: "蒋仓管",
		role: "worker",
		organisation: "warehouse-sz",
		trade: "logistics-enterprise",
		seat: "warehouse",
	},
];

/** Customers who are known as persons, so that their conduct counts. */
export const CUSTOMERS = ["customer-1", "customer-2", "customer-3"] as const;

/** Organisations, relations, roles and people, in few statements; accounts come from server/accounts. */
export function insertCompany(company: string, name: string): Statement[] {
	const people = [...STAFF, ...WORKERS];
	const rows = (list: readonly (readonly unknown[])[], n: number) => list.map((one) => one[n]);
	return [
		{ sql: "insert into company (company, name) values ($1, $2)", parameters: [company, name] },
		{
			sql: "insert into organisation (company, id, name, name_en, kind) select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[])",
			parameters: [company, ...[0, 1, 2, 3].map((n) => rows(ORGANISATIONS, n))],
		},
		{
			sql: "insert into relation (company, child, parent, kind, from_day) select $1, child, parent, kind, date '2020-01-01' from unnest($2::text[], $3::text[], $4::text[]) as t(child, parent, kind)",
			parameters: [company, ...[0, 1, 2].map((n) => rows(RELATIONS, n))],
		},
		roleRows(company),
		{
			sql: "insert into person (company, id, kind, alias, organisation) select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[])",
			parameters: [
				company,
				[...people.map((one) => one.id), ...CUSTOMERS],
				[...STAFF.map(() => "staff"), ...WORKERS.map(() => "worker"), ...CUSTOMERS.map(() => "customer")],
				[...people.map((one) => one.alias), ...CUSTOMERS.map((_, n) => `客户${n + 1}`)],
				[...people.map((one) => one.organisation), ...CUSTOMERS.map(() => null)],
			],
		},
		...people.map((one) => ({
			sql: "insert into membership (company, person, role, organisations, trades) values ($1, $2, $3, null, $4::text[])",
			parameters: [company, one.id, one.role, one.trades ?? null],
		})),
		{
			sql: "insert into team (company, id, name, organisation) values ($1, 'rescue-desk', '救援投诉专组', 'service'), ($1, 'desk', '综合投诉组', 'service')",
			parameters: [company],
		},
		{
			sql: "insert into team_member (company, team, person, shift_from, shift_to) values ($1, 'rescue-desk', 'handler', '08:00', '20:00'), ($1, 'rescue-desk', 'handler4', '20:00', '08:00'), ($1, 'desk', 'handler2', '09:00', '18:00'), ($1, 'desk', 'handler3', '09:00', '18:00')",
			parameters: [company],
		},
	];
}

/** Phones of the cast, so that they can be lent a line: of a range that is assigned to nobody. */
export function insertPhones(company: string, keys: Keys): Statement[] {
	return [...STAFF, ...WORKERS].flatMap(({ id }, n) => {
		const phone = keep({ keep: "phone", text: `1990003${String(1000 + n)}` }, newId);
		return insertKept(company, `person-${id}`, phone.rows, keys);
	});
}
