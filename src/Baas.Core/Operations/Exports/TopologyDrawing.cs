using System.Globalization;
using System.Net;
using System.Text;
using Baas.Core.Networks;

namespace Baas.Core.Operations.Exports;

/// <summary>
/// A topology as an SVG picture: the ordering service on top, organizations side by side under it, and a band for each channel that
/// marks its members. Pure; every text is escaped.
/// </summary>
internal static class TopologyDrawing
{
    private const int CardWidth = 250;
    private const int Gap = 26;
    private const int Margin = 28;
    private const int NodeHeight = 40;
    private const int CardHead = 58;
    private const int BandHeight = 46;
    private const int TitleHeight = 76;

    private static readonly string[] ChannelColours = ["#0f766e", "#b45309", "#6d28d9", "#be123c", "#1d4ed8", "#4d7c0f"];

    public static string Draw(Topology topology)
    {
        var ordering = topology.Organizations.First(organization => organization.IsOrdering);
        var members = topology.Organizations.Where(organization => !organization.IsOrdering).ToList();
        var columns = Math.Max(members.Count, Math.Max(2, OrderersPerRow(ordering)));
        var width = (2 * Margin) + (columns * CardWidth) + ((columns - 1) * Gap);
        var orderingHeight = CardHead + (((ordering.Nodes.Count + columns - 1) / columns) * NodeHeight) + 12;
        var membersTop = TitleHeight + orderingHeight + Gap;
        var membersHeight = CardHead + (members.Select(member => member.Nodes.Count).DefaultIfEmpty(0).Max() * NodeHeight) + 12;
        var bandsTop = membersTop + membersHeight + Gap;
        var height = bandsTop + (topology.Channels.Count * (BandHeight + 12)) + Margin;

        var svg = new StringBuilder();
        Open(svg, topology, width, height);
        OrderingCard(svg, ordering, width, orderingHeight, columns);
        foreach (var (member, column) in members.Select((member, column) => (member, column)))
        {
            Card(svg, member, ColumnLeft(column), membersTop, CardWidth, membersHeight);
            Nodes(svg, member.Nodes, ColumnLeft(column), membersTop + CardHead, 1);
        }

        foreach (var (channel, row) in topology.Channels.Select((channel, row) => (channel, row)))
        {
            Band(svg, channel, members, bandsTop + (row * (BandHeight + 12)), membersTop + membersHeight, ChannelColours[row % ChannelColours.Length]);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static int OrderersPerRow(TopologyOrganization ordering) => Math.Min(4, ordering.Nodes.Count);

    private static int ColumnLeft(int column) => Margin + (column * (CardWidth + Gap));

    private static void Open(StringBuilder svg, Topology topology, int width, int height)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"font-family=\"system-ui, Segoe UI, Helvetica, Arial, sans-serif\" role=\"img\">\n<title>Network {Text(topology.Network.Value)}</title>\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#f8fafc\"/>\n");
        Label(svg, Margin, 38, 22, "#0f172a", topology.Network.Value, bold: true);
        var consensus = topology.Consensus == Consensus.Raft ? "raft" : "BFT";
        Label(svg, Margin, 60, 13, "#475569", $"Fabric {topology.FabricVersion}, {consensus}, {topology.State.ToString().ToLowerInvariant()}");
    }

    private static void OrderingCard(StringBuilder svg, TopologyOrganization ordering, int width, int height, int columns)
    {
        Card(svg, ordering, Margin, TitleHeight, width - (2 * Margin), height);
        Nodes(svg, ordering.Nodes, Margin, TitleHeight + CardHead, columns);
    }

    private static void Card(StringBuilder svg, TopologyOrganization organization, int left, int top, int width, int height)
    {
        var colour = organization.IsOrdering ? "#334155" : "#1e40af";
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"10\" fill=\"#ffffff\" stroke=\"#cbd5e1\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{left} {top + 10} a10 10 0 0 1 10 -10 h{width - 20} a10 10 0 0 1 10 10 v-4 h-{width} z\" fill=\"{colour}\"/>\n");
        Label(svg, left + 14, top + 30, 16, colour, organization.Name.Value, bold: true);
        Label(svg, left + 14, top + 47, 12, "#64748b", organization.IsOrdering ? $"{organization.MspId}, ordering service" : organization.MspId.Value);
    }

    private static void Nodes(StringBuilder svg, IReadOnlyList<TopologyNode> nodes, int left, int top, int columns)
    {
        foreach (var (node, index) in nodes.Select((node, index) => (node, index)))
        {
            var x = left + 12 + (index % columns * (CardWidth + Gap));
            var y = top + (index / columns * NodeHeight);
            var (fill, mark) = node.Role switch
            {
                NodeRole.Orderer => ("#e2e8f0", "#334155"),
                NodeRole.Peer => ("#dbeafe", "#1d4ed8"),
                NodeRole.Chaincode => ("#dcfce7", "#15803d"),
                _ => ("#fef9c3", "#a16207"),
            };
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{CardWidth - 24}\" height=\"{NodeHeight - 6}\" rx=\"6\" fill=\"{fill}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x + 14}\" cy=\"{y + 17}\" r=\"5\" fill=\"{mark}\"/>\n");
            Label(svg, x + 26, y + 15, 12, "#0f172a", Shortened(node.Name.Value, 30), bold: true);
            Label(svg, x + 26, y + 28, 10, "#475569", Shortened(node.Address, 42));
        }
    }

    private static void Band(StringBuilder svg, TopologyChannel channel, List<TopologyOrganization> members, int top, int cardsBottom, string colour)
    {
        var columns = channel.Organizations.Select(name => members.FindIndex(member => member.Name == name)).Where(column => column >= 0).Order().ToList();
        if (columns.Count == 0)
        {
            return;
        }

        var left = ColumnLeft(columns[0]);
        var width = ColumnLeft(columns[^1]) + CardWidth - left;
        foreach (var column in columns)
        {
            var x = ColumnLeft(column) + (CardWidth / 2);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x} {cardsBottom} V{top}\" stroke=\"{colour}\" stroke-width=\"3\" opacity=\"0.55\"/>\n<circle cx=\"{x}\" cy=\"{cardsBottom}\" r=\"5\" fill=\"{colour}\"/>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{BandHeight}\" rx=\"8\" fill=\"{colour}\"/>\n");
        Label(svg, left + 14, top + 20, 14, "#ffffff", $"channel {channel.Name}", bold: true);
        var chaincodes = channel.Chaincodes.Count == 0
            ? "no chaincode"
            : string.Join(", ", channel.Chaincodes.Select(chaincode => $"{chaincode.Name} {chaincode.Version}"));
        Label(svg, left + 14, top + 37, 12, "#ffffff", Shortened(chaincodes, width / 7));
    }

    private static void Label(StringBuilder svg, int x, int y, int size, string colour, string text, bool bold = false) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\"{(bold ? " font-weight=\"600\"" : "")}>{Text(text)}</text>\n");

    private static string Shortened(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
