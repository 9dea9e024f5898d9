package planted.toolkeep.web.rest;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;

record SpringDoor(HttpServletRequest request, ResponseEntity<String> answer) {}
