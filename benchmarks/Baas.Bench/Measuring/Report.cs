using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Baas.Bench.Measuring;

/// <summary>Shows measurements to people and writes them for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Begin(Machine machine)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{machine.Cores} cores, {machine.MemoryMiB:#,0} MiB, load {machine.LoadBefore?.ToString("0.00", CultureInfo.InvariantCulture) ?? "unknown"}, {machine.Runtime}, {machine.System}"));
        if (machine.IsBusy)
        {
            Console.WriteLine("warning: other programs use this machine (load above 1): times will be longer than they are");
        }

        Console.WriteLine();
        Console.WriteLine($"{"what",-46} {"value",12} {"unit",-6} {"goal",12}  met  how");
    }

    public static void Show(Measurement measurement)
    {
        var value = measurement.Value.ToString(measurement.Value >= 100 ? "#,0" : "0.000", CultureInfo.InvariantCulture);
        var met = measurement.IsMet switch { true => "yes", false => "NO", null => "" };
        Console.WriteLine($"{measurement.Name,-46} {value,12} {measurement.Unit,-6} {measurement.Goal,12}  {met,-3}  {measurement.Note}");
    }

    public static void Write(string path, Machine machine, IReadOnlyList<Measurement> measurements)
    {
        using var file = File.Create(path);
        JsonSerializer.Serialize(file, new { MeasuredAt = DateTimeOffset.UtcNow, Machine = machine, Measurements = measurements }, Json);
    }
}
