using System.Globalization;
using AnomalyKit.Dashboard.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AnomalyKit.Dashboard.Serving;

/// <summary>Tables come and go by plain requests, never over a page's connection. Each request needs a ticket that only its page knows.</summary>
internal static class TableEndpoints
{
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/upload/{ticket}", ReceiveAsync).DisableAntiforgery();
        group.MapGet("/download/{ticket}", SendAsync);
    }

    private static async Task<IResult> ReceiveAsync(string ticket, HttpContext context, UploadBook uploads)
    {
        if (uploads.Take(ticket) is not { } place)
            return Results.Text("This upload has no page that waits for it. Reload the page, and choose the file again.", statusCode: StatusCodes.Status404NotFound);
        if (context.Request.ContentLength > place.MaxBytes)
            return TooLarge(place);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        bool isWhole = false;
        try
        {
            var file = new FileStream(place.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                byte[] buffer = new byte[1 << 16];
                long total = 0;
                int read;
                while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted).ConfigureAwait(false)) > 0)
                {
                    total += read;
                    if (total > place.MaxBytes)
                        return TooLarge(place);
                    await file.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted).ConfigureAwait(false);
                }
            }

            isWhole = true;
            return Results.NoContent();
        }
        finally
        {
            if (!isWhole)
                File.Delete(place.Path);
        }
    }

    private static IResult TooLarge(UploadPlace place) => Results.Text(
        string.Create(CultureInfo.InvariantCulture, $"The file is larger than {place.MaxBytes / (1024.0 * 1024):0.#} MiB, the most that this dashboard takes. Upload a part of it, or score it with 'anomalykit score'."),
        statusCode: StatusCodes.Status413PayloadTooLarge);

    private static async Task SendAsync(string ticket, HttpContext context, DownloadBook downloads)
    {
        if (downloads.Find(ticket) is not { } download)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("This table is no longer there: its page was closed. Score it again.", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=scores.csv";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        // The writer of tables writes as programs do, not waiting for anybody: batch by batch into memory, then to the browser.
        foreach (byte[] part in download())
            await context.Response.Body.WriteAsync(part, context.RequestAborted).ConfigureAwait(false);
    }
}
