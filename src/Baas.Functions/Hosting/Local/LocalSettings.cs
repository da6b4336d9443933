using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Hosting.Local;

/// <summary>Reads settings so that a wrong one is named in one line instead of failing somewhere later.</summary>
public static class LocalSettings
{
    /// <summary>A section as options; the defaults when it is absent.</summary>
    /// <exception cref="HostingException">A value does not fit its option (<c>setting-invalid</c>).</exception>
    public static TOptions Read<TOptions>(IConfiguration settings, string section)
        where TOptions : class, new() =>
        Guard(section, () => Checked(settings.GetSection(section).Get<TOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new TOptions()));

    /// <summary>Runs what reads or checks settings.</summary>
    /// <exception cref="HostingException">A value does not fit its option (<c>setting-invalid</c>).</exception>
    internal static T Guard<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException failure)
        {
            var innermost = failure;
            while (innermost.InnerException is InvalidOperationException inner)
            {
                innermost = inner; // the binder's own that tells what is wrong within a list
            }

            throw Invalid(what, innermost.Message, failure);
        }
        catch (OptionsValidationException failure)
        {
            throw Invalid(what, string.Join("; ", failure.Failures), failure);
        }
    }

    private static TOptions Checked<TOptions>(TOptions options)
        where TOptions : class
    {
        List<ValidationResult> failures = [];
        return Validator.TryValidateObject(options, new ValidationContext(options), failures, validateAllProperties: true)
            ? options
            : throw new OptionsValidationException(typeof(TOptions).Name, typeof(TOptions), failures.Select(failure => failure.ErrorMessage ?? ""));
    }

    private static HostingException Invalid(string what, string message, Exception failure) =>
        new("setting-invalid", $"cannot use the settings in \"{what}\": {message.ReplaceLineEndings(" ")}", failure);
}
