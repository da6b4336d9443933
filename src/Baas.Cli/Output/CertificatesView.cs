using System.Globalization;
using Baas.Cli.Api;
using Spectre.Console;

namespace Baas.Cli.Output;

/// <summary>Certificates for people.</summary>
internal static class CertificatesView
{
    public static void DrawList(IAnsiConsole console, Certificates certificates)
    {
        var table = Printer.Table("OWNER", "USE", "ENDS", "DAYS LEFT", "DUE", "SERIAL NUMBER");
        foreach (var one in certificates.Items)
        {
            table.AddRow(
                new Text(one.Owner),
                new Text(one.OwnerKind == "authority" ? $"{one.Use} authority" : one.Use),
                new Text(one.NotAfter.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                new Text(one.DaysLeft.ToString(CultureInfo.InvariantCulture)),
                new Text(one.IsDue ? "yes" : one.Note is null ? "" : "kept"),
                new Text(one.SerialNumber));
        }

        console.Write(table);
        DrawKept(console, certificates.Items.Where(one => one.Note is not null));
    }

    public static void DrawPlan(IAnsiConsole console, RenewalPlan plan)
    {
        console.WriteLine(plan.Users.Count + plan.Nodes.Count == 0 ? $"{plan.Network}: nothing is due" : $"{plan.Network}: these get new certificates");
        DrawPart(console, "users", plan.Users);
        DrawPart(console, "nodes, restarted one by one", plan.Nodes);
        DrawKept(console, plan.Kept);
    }

    private static void DrawPart(IAnsiConsole console, string name, IReadOnlyList<string> subjects)
    {
        if (subjects.Count > 0)
        {
            console.WriteLine($"  {name}: {string.Join(", ", subjects)}");
        }
    }

    private static void DrawKept(IAnsiConsole console, IEnumerable<Certificate> kept)
    {
        foreach (var one in kept)
        {
            console.WriteLine($"  note: the {one.Use} certificate of {one.Owner} stays as it is: {one.Note}");
        }
    }
}
