//! The exporters `turtle` and `jsonld`.

use crate::triples::triples;
use crate::vocabulary::PREFIXES;
use oxjsonld::{JsonLdSerializer, WriterJsonLdSerializer};
use oxrdf::{GraphNameRef, Triple};
use oxttl::TurtleSerializer;
use oxttl::turtle::WriterTurtleSerializer;
use std::io::{self, Write};
use unres_export::{Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};
use unres_model::Document;
use unres_source::Sink;

type Out = Box<dyn Write + Send>;

/// Any number of documents as Turtle.
#[derive(Clone, Copy, Debug, Default)]
pub struct Turtle;

impl Exporter for Turtle {
    fn format(&self) -> Format {
        Format {
            id: "turtle",
            title: "Turtle, linked data of documents in UNDO",
            media_type: "text/turtle; charset=utf-8",
            extension: "ttl",
            arity: Arity::ManyDocuments,
        }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        let mut serializer = TurtleSerializer::new();
        for (prefix, iri) in PREFIXES {
            serializer = serializer.with_prefix(prefix, iri).map_err(io::Error::other)?;
        }
        Ok(Box::new(RdfWriter(serializer.for_writer(target.part(Part::Main)?))))
    }
}

/// Any number of documents as JSON-LD.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonLd;

impl Exporter for JsonLd {
    fn format(&self) -> Format {
        Format {
            id: "jsonld",
            title: "JSON-LD, linked data of documents in UNDO",
            media_type: "application/ld+json",
            extension: "jsonld",
            arity: Arity::ManyDocuments,
        }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        let mut serializer = JsonLdSerializer::new();
        for (prefix, iri) in PREFIXES {
            serializer = serializer.with_prefix(prefix, iri).map_err(io::Error::other)?;
        }
        Ok(Box::new(RdfWriter(serializer.for_writer(target.part(Part::Main)?))))
    }
}

/// What both forms do.
trait Serializer {
    fn triple(&mut self, triple: &Triple) -> io::Result<()>;
    fn end(self) -> io::Result<Out>;
}

impl Serializer for WriterTurtleSerializer<Out> {
    fn triple(&mut self, triple: &Triple) -> io::Result<()> {
        self.serialize_triple(triple)
    }

    fn end(self) -> io::Result<Out> {
        self.finish()
    }
}

impl Serializer for WriterJsonLdSerializer<Out> {
    fn triple(&mut self, triple: &Triple) -> io::Result<()> {
        self.serialize_quad(triple.as_ref().in_graph(GraphNameRef::DefaultGraph))
    }

    fn end(self) -> io::Result<Out> {
        let mut out = self.finish()?;
        out.write_all(b"\n")?;
        Ok(out)
    }
}

struct RdfWriter<S>(S);

impl<S: Serializer + Send> DocumentWriter for RdfWriter<S> {
    fn write(&mut self, document: &Document, _: &Addresses, sink: &mut dyn Sink) -> Result<(), ExportError> {
        for triple in triples(document, sink) {
            self.0.triple(&triple)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        Ok(self.0.end()?.flush()?)
    }
}
