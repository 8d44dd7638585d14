/// Every command there is, in the order in which `HELP` lists them.
public enum CommandTables {
    public static let all = CommandTable<ParsedRequest>(
        TicketRows.all + TicketChangeRows.all + OfferRows.all + ConversationRows.all + AttachmentRows.all
            + DeliveryRows.all
            + WorkRows.all + TaskRows.all + FindRows.all + ImportRows.all + ViewRows.all + AgentRows.all
            + AttendanceRows.all
            + RosterRows.all + DepartmentRows.all
            + ServerCommand.rows.map { $0.map { .server($0) } })
}
